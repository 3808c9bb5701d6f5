package io.pando.session.lifetime;

/** What expires in tests. */
final class Guest extends ExpiryWheel.Tenant<Guest> {
    long heardMs;
    int timeoutMs;

    Guest(long heardMs, int timeoutMs) {
        this.heardMs = heardMs;
        this.timeoutMs = timeoutMs;
    }

    @Override
    public long lastHeardMs() {
        return heardMs;
    }

    @Override
    public int timeoutMs() {
        return timeoutMs;
    }
}
