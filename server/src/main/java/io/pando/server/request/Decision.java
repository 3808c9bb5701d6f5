package io.pando.server.request;

import io.pando.datatree.Place;
import io.pando.datatree.Txn;

/** What is to become of one operation: the transaction that carries it out, and where that leads in the tree it was decided on. */
record Decision(Txn txn, Place place) {}
