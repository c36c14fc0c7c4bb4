package org.cofferhsm.signtool.tsa;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.bouncycastle.asn1.cmp.PKIFailureInfo;

/** One request by HTTP: which protocol it is shows by its content type, as clients name no paths of ours. */
final class TsaHandler implements HttpHandler {

    static final int LARGEST_REQUEST = 8 * 1024;
    private static final String QUERY = "application/timestamp-query";
    private static final String REPLY = "application/timestamp-reply";
    private static final String OCTETS = "application/octet-stream";
    private static final String TEXT = "text/plain; charset=utf-8";

    private final TimestampAuthority authority;
    private final Semaphore turns;

    TsaHandler(TimestampAuthority authority, int mostRequests) {
        this.authority = authority;
        this.turns = new Semaphore(mostRequests, true);
    }

    /** What is sent back. */
    private record Answer(int status, String type, byte[] body) {

        static Answer of(String type, byte[] body) {
            return new Answer(200, type, body);
        }

        static Answer failure(int status, String why) {
            return new Answer(status, TEXT, (why + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = answer(exchange);
            exchange.getResponseHeaders().set("Content-Type", answer.type());
            if (answer.status() == 405) {
                exchange.getResponseHeaders().set("Allow", "POST");
            }
            exchange.sendResponseHeaders(answer.status(), answer.body().length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(answer.body());
            }
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestMethod().equals("POST")) {
            return Answer.failure(405, "This is a timestamp authority: POST a request to it.");
        }
        Optional<byte[]> body = body(exchange);
        if (body.isEmpty()) {
            return Answer.failure(413, "No request is longer than " + LARGEST_REQUEST + " bytes.");
        }
        turns.acquireUninterruptibly();
        try {
            return answer(type(exchange), body.get());
        } finally {
            turns.release();
        }
    }

    private Answer answer(String type, byte[] body) {
        return switch (type) {
            case QUERY -> Answer.of(REPLY, authority.answer(body));
            case OCTETS -> counterSigned(body);
            default -> Answer.failure(415, "The content type is " + QUERY + " or " + OCTETS + ".");
        };
    }

    private static Optional<byte[]> body(HttpExchange exchange) throws IOException {
        try (InputStream in = exchange.getRequestBody()) {
            byte[] body = in.readNBytes(LARGEST_REQUEST + 1);
            return body.length > LARGEST_REQUEST ? Optional.empty() : Optional.of(body);
        }
    }

    private static String type(HttpExchange exchange) {
        String header = exchange.getRequestHeaders().getFirst("Content-Type");
        return header == null ? OCTETS : header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private Answer counterSigned(byte[] body) {
        try {
            byte[] request =
                    Base64.getMimeDecoder().decode(new String(body, StandardCharsets.ISO_8859_1).replace("\0", ""));
            byte[] signed = authority.counterSign(request);
            return Answer.of(OCTETS, Base64.getMimeEncoder().encode(signed));
        } catch (IllegalArgumentException e) { // no Base64
            return Answer.failure(400, "The request is not in Base64.");
        } catch (Refusal e) {
            boolean ours =
                    e.failure() == PKIFailureInfo.systemFailure || e.failure() == PKIFailureInfo.timeNotAvailable;
            return Answer.failure(ours ? 503 : 400, String.valueOf(e.getMessage()));
        }
    }
}
