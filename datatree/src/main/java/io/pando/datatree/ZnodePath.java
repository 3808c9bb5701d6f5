package io.pando.datatree;

import org.jspecify.annotations.Nullable;

/**
 * The rules of path text. Paths stay strings, since requests, txns and watches carry millions of them; their rules live
 * here. Names are compared character by character: no normalisation, and case matters.
 */
public final class ZnodePath {
    public static final String ROOT = "/";

    private ZnodePath() {}

    /** Null when {@code path} can name a znode, else a sentence that says what is wrong with it and where. */
    public static @Nullable String problem(String path) {
        int length = path.length();
        if (length == 0) {
            return "The path is empty; it has to start with '/'";
        }
        if (path.charAt(0) != '/') {
            return "The path has to start with '/', not with " + describe(path.charAt(0));
        }
        int nameStart = 1;
        for (int i = 1; i < length; i++) {
            char c = path.charAt(i);
            if (c == '/') {
                String problem = problemOfName(path, nameStart, i);
                if (problem != null) {
                    return problem;
                }
                nameStart = i + 1;
            } else if (isForbidden(c)) {
                return describe(c) + " is not allowed in a path; it is at index " + i;
            }
        }
        if (length == 1) {
            return null;
        }
        return nameStart == length
                ? "The path ends with '/'; only the root may"
                : problemOfName(path, nameStart, length);
    }

    public static boolean isValid(String path) {
        return problem(path) == null;
    }

    /** The path of the parent: {@code /a} for {@code /a/b}, and the root for {@code /a} and for the root itself. */
    public static String parentOf(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? ROOT : path.substring(0, slash);
    }

    /** What follows the last '/': {@code b} for {@code /a/b}, nothing for the root. */
    public static String nameOf(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The path of the child called {@code name}. */
    public static String childOf(String parent, String name) {
        return parent.equals(ROOT) ? ROOT + name : parent + '/' + name;
    }

    /** True for {@code ancestor} itself and everything below it; {@code /ab} is not below {@code /a}. */
    public static boolean isAtOrBelow(String path, String ancestor) {
        if (ancestor.equals(ROOT)) {
            return true;
        }
        return path.startsWith(ancestor)
                && (path.length() == ancestor.length() || path.charAt(ancestor.length()) == '/');
    }

    private static @Nullable String problemOfName(String path, int from, int to) {
        int length = to - from;
        if (length == 0) {
            return "The path has an empty name at index " + from;
        }
        if (path.charAt(from) == '.' && (length == 1 || (length == 2 && path.charAt(from + 1) == '.'))) {
            return "Relative names are not allowed in a path; '" + path.substring(from, to) + "' is at index " + from;
        }
        return null;
    }

    /** Controls, surrogates, private use and the specials at the end of the basic plane. */
    private static boolean isForbidden(char c) {
        return c < ' ' || (c >= '\u007f' && (c <= '\u009f' || (c >= '\ud800' && c <= '\uf8ff') || c >= '\ufff0'));
    }

    private static String describe(char c) {
        return isForbidden(c) ? String.format("U+%04X", (int) c) : "'" + c + "'";
    }
}
