package io.pando.test.soak;

/**
 * What was seen in one part of a soak.
 *
 * @param p99Ms of the calls of those who mean well
 * @param others processors that others on this machine kept busy, on average
 * @param mostOpen connections that attackers held at a time
 * @param mostResidentMib of memory that one server took
 */
record Phase(double p99Ms, double others, int mostOpen, long mostResidentMib) {}
