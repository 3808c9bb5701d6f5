package io.pando.client.error;

import io.pando.datatree.ErrorCode;

/** The ACL of the request is empty, malformed, or of a scheme that the server does not know. */
public final class InvalidAclException extends PandoException {
    public InvalidAclException(String operation, String path) {
        super(
                operation,
                path,
                ErrorCode.INVALID_ACL,
                Retry.POINTLESS,
                "the ACL is empty, malformed, or of a scheme that the server does not know.");
    }
}
