/**
 * Who a client is and what it may do: authentication schemes, the rules that turn a requested ACL into the stored one, and
 * the one question every request, event and answer path asks ({@link io.pando.server.auth.AccessControl#allows}).
 *
 * <p>Source: {@code wire-protocol.md} sections 7 and 14.
 */
@NullMarked
package io.pando.server.auth;

import org.jspecify.annotations.NullMarked;
