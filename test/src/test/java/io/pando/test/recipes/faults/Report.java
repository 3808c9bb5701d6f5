package io.pando.test.recipes.faults;

/** What an actor tells the test about what it did, line by line. Used by the threads of all its roles. */
@FunctionalInterface
interface Report {
    void tell(String what, String about);
}
