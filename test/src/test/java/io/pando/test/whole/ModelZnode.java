package io.pando.test.whole;

import io.pando.datatree.Acl;
import io.pando.datatree.Stat;
import java.util.ArrayList;
import java.util.List;

/**
 * A znode by the book, as it was from one transaction on.
 *
 * @param created how many children were ever created
 */
record ModelZnode(
        String data,
        long czxid,
        long mzxid,
        long pzxid,
        long ctime,
        long mtime,
        int version,
        int cversion,
        int aversion,
        List<Acl> acl,
        long owner,
        int created,
        List<String> children) {

    /** One that somebody has just created; the root was there before all transactions, and is nobody's. */
    static ModelZnode fresh(String data, long zxid, long timeMs, List<Acl> acl, long owner) {
        return new ModelZnode(data, zxid, zxid, zxid, timeMs, timeMs, 0, 0, 0, acl, owner, 0, List.of());
    }

    ModelZnode written(String next, long zxid, long timeMs) {
        return new ModelZnode(
                next,
                czxid,
                zxid,
                pzxid,
                ctime,
                timeMs,
                version + 1,
                cversion,
                aversion,
                acl,
                owner,
                created,
                children);
    }

    ModelZnode guardedBy(List<Acl> next) {
        return new ModelZnode(
                data,
                czxid,
                mzxid,
                pzxid,
                ctime,
                mtime,
                version,
                cversion,
                aversion + 1,
                next,
                owner,
                created,
                children);
    }

    ModelZnode withChild(String name, long zxid) {
        List<String> more = new ArrayList<>(children);
        more.add(name);
        return withChildren(more, zxid, created + 1);
    }

    ModelZnode withoutChild(String name, long zxid) {
        List<String> fewer = new ArrayList<>(children);
        fewer.remove(name);
        return withChildren(fewer, zxid, created);
    }

    private ModelZnode withChildren(List<String> names, long zxid, int everCreated) {
        return new ModelZnode(
                data,
                czxid,
                mzxid,
                zxid,
                ctime,
                mtime,
                version,
                cversion + 1,
                aversion,
                acl,
                owner,
                everCreated,
                names);
    }

    Stat stat() {
        return new Stat(
                czxid, mzxid, ctime, mtime, version, cversion, aversion, owner, data.length(), children.size(), pzxid);
    }
}
