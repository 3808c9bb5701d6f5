package io.pando.recipes.membership;

/** What {@link Members} tells its listeners. */
public sealed interface MembershipEvent {
    /** Somebody has joined. */
    record Joined(Member member) implements MembershipEvent {}

    /** A member has joined anew, under another session; it may have been absent for a moment or not. */
    record Rejoined(Member member) implements MembershipEvent {}

    /** A member tells others something else. */
    record Changed(Member member) implements MembershipEvent {}

    /** A member has left, or its session has ended. */
    record Left(Member member) implements MembershipEvent {}
}
