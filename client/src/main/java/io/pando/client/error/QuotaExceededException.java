package io.pando.client.error;

import io.pando.datatree.ErrorCode;

/** The write would exceed a quota that the server enforces. */
public final class QuotaExceededException extends PandoException {
    public QuotaExceededException(String operation, String path) {
        super(operation, path, ErrorCode.QUOTA_EXCEEDED, Retry.POINTLESS, "the write would exceed a quota.");
    }
}
