package io.pando.session;

import static io.pando.session.Bytes.hex;
import static io.pando.session.Bytes.reader;
import static io.pando.session.Bytes.written;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pando.session.Messages.Answer;
import io.pando.session.wire.MarshallingException;
import io.pando.session.wire.WireReader;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RoundTripTest {
    @Provide
    Arbitrary<Request> requests() {
        return Messages.requests();
    }

    @Provide
    Arbitrary<Answer> answers() {
        return Messages.answers();
    }

    @Property
    void what_a_client_asks_is_what_a_server_reads(@ForAll("requests") Request request) throws MarshallingException {
        byte[] bytes = written(request::write);
        WireReader in = reader(bytes);

        Request read = Request.read(request.op(), in);

        assertEquals(Described.of(request), Described.of(read));
        assertEquals(0, in.remaining());
        assertEquals(hex(bytes), hex(written(read::write)));
    }

    @Property
    void what_a_server_answers_is_what_a_client_reads(@ForAll("answers") Answer answer) throws MarshallingException {
        byte[] bytes = written(answer.reply()::write);
        WireReader in = reader(bytes);

        Reply read = Reply.read(answer.op(), in);

        assertEquals(Described.of(answer.reply()), Described.of(read));
        assertEquals(0, in.remaining());
        assertEquals(hex(bytes), hex(written(read::write)));
    }
}
