package io.pando.client.error;

import io.pando.datatree.ErrorCode;

/** The ACL of the znode, or of its parent, does not permit it to the identities of this client. */
public final class NoAuthException extends PandoException {
    public NoAuthException(String operation, String path) {
        super(
                operation,
                path,
                ErrorCode.NO_AUTH,
                Retry.POINTLESS,
                "the ACL does not permit it to the identities of this client.");
    }
}
