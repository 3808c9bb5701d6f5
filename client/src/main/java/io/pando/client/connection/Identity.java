package io.pando.client.connection;

/**
 * Who the client is to the servers; told to each one anew.
 *
 * @param scheme {@code digest} for most
 * @param auth what the scheme makes of it; {@code user:password} for digest
 */
@SuppressWarnings("ArrayRecordComponent") // Told, never compared.
public record Identity(String scheme, byte[] auth) {
    @Override
    public String toString() {
        return scheme;
    }
}
