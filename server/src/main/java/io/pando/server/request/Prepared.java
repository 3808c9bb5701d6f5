package io.pando.server.request;

import io.pando.datatree.Applied;
import io.pando.datatree.Txn;

/** A request decided: the transaction to propose, and what it makes of the tree once it commits. */
public record Prepared(Txn txn, Applied applied) {}
