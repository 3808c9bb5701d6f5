/**
 * The program operators run: it joins the tree, the broadcast and the client conversation into one server, and adds
 * watches, authentication and administration.
 */
@NullMarked
package io.pando.server;

import org.jspecify.annotations.NullMarked;
