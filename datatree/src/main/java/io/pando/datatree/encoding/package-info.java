/**
 * Txns and whole trees as bytes: {@link io.pando.datatree.encoding.TxnCodec} for the payloads of the log and of the
 * broadcast, {@link io.pando.datatree.encoding.TreeSnapshot} for snapshots. Kryo with serializers written and numbered by
 * hand: what is on disk is read for years, so formats start with a version, golden files pin them down, and nothing is
 * allocated on the word of a length alone.
 */
@NullMarked
package io.pando.datatree.encoding;

import org.jspecify.annotations.NullMarked;
