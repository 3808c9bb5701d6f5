package io.pando.server.request;

import io.pando.datatree.ErrorCode;
import io.pando.datatree.Quota;
import io.pando.datatree.Tree;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Quotas on subtrees: soft limits are logged, hard ones refuse if the server enforces them ({@code wire-protocol.md} section
 * 19.2). Only the deepest quota on a path counts. Core thread.
 */
public final class QuotaRules {
    private static final Logger log = LoggerFactory.getLogger(QuotaRules.class);
    private static final long NANOS_BETWEEN_WARNINGS = 60_000_000_000L;
    private static final int QUOTAS_REMEMBERED = 1_000;

    private final boolean enforced;
    private final Map<String, Long> warnedAtNanos = new HashMap<>();

    public QuotaRules(boolean enforced) {
        this.enforced = enforced;
    }

    /** Refuses a create of {@code path} with so many bytes of data if it would break a hard limit. */
    void checkCreate(Tree tree, String path, long bytes) throws Refusal {
        check(tree, path, 1, bytes);
    }

    /** Refuses a change of data that grows it by so many bytes if it would break a hard limit. */
    void checkSetData(Tree tree, String path, long moreBytes) throws Refusal {
        check(tree, path, 0, moreBytes);
    }

    private void check(Tree tree, String path, long moreNodes, long moreBytes) throws Refusal {
        Quota quota = tree.quotaFor(path);
        if (quota == null) {
            return;
        }
        long count = quota.count() + moreNodes;
        long bytes = quota.bytes() + moreBytes;
        if (enforced) {
            Refusal.unless(moreNodes == 0 || within(count, quota.countHardLimit()), ErrorCode.QUOTA_EXCEEDED);
            Refusal.unless(moreBytes <= 0 || within(bytes, quota.bytesHardLimit()), ErrorCode.QUOTA_EXCEEDED);
        }
        if (!within(count, quota.countLimit()) || !within(bytes, quota.bytesLimit())) {
            warn(quota, count, bytes);
        }
    }

    private static boolean within(long value, long limit) {
        return limit < 0 || value <= limit;
    }

    private void warn(Quota quota, long count, long bytes) {
        long now = System.nanoTime();
        Long before = warnedAtNanos.get(quota.path());
        if (before != null && now - before < NANOS_BETWEEN_WARNINGS) {
            return;
        }
        if (warnedAtNanos.size() >= QUOTAS_REMEMBERED) {
            warnedAtNanos.clear();
        }
        warnedAtNanos.put(quota.path(), now);
        log.warn(
                "Quota of {} exceeded: {} of {} znodes, {} of {} bytes",
                quota.path(),
                count,
                quota.countLimit(),
                bytes,
                quota.bytesLimit());
    }
}
