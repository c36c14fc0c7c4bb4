package org.cofferhsm.signtool.timestamp;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.cofferhsm.hsm.error.HsmException;

/**
 * An authority's address, and how much of it is borne: one question, one answer, no redirection, nothing tried again.
 *
 * @param address by http or https; the answer is signed, so http is good enough
 * @param patience for the whole exchange
 * @param largest answer, in bytes
 */
public record TimestampServer(URI address, Duration patience, int largest) {

    private static final Duration USUAL_PATIENCE = Duration.ofSeconds(60);
    private static final int USUAL_LARGEST = 256 * 1024;
    private static final int OK = 200;

    public TimestampServer {
        String scheme = String.valueOf(address.getScheme());
        if (address.getHost() == null || !(scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https"))) {
            throw HsmException.argumentInvalid(
                    "\"" + address + "\" is no address of a timestamp server; it begins with http:// or https://");
        }
    }

    /** With the usual limits. */
    public static TimestampServer at(String address) {
        try {
            return new TimestampServer(URI.create(address), USUAL_PATIENCE, USUAL_LARGEST);
        } catch (IllegalArgumentException e) {
            throw HsmException.argumentInvalid("\"" + address + "\" is no address of a timestamp server")
                    .causedBy(e);
        }
    }

    /** With other limits. */
    public TimestampServer within(Duration time, int bytes) {
        return new TimestampServer(address, time, bytes);
    }

    byte[] ask(Question question) throws TimestampException {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(patience)
                .build();
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request(question), response -> new BoundedBody(largest));
        try {
            return body(answer.get(patience.toMillis(), TimeUnit.MILLISECONDS), question);
        } catch (TimeoutException e) {
            throw new TimestampException(address + " has not answered within " + patience.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw unreachable(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(e);
        } finally {
            answer.cancel(true);
        }
    }

    private HttpRequest request(Question question) {
        return HttpRequest.newBuilder(address)
                .timeout(patience)
                .header("Content-Type", question.type())
                .header("Accept", question.answerType())
                .POST(HttpRequest.BodyPublishers.ofByteArray(question.body()))
                .build();
    }

    private byte[] body(HttpResponse<byte[]> response, Question question) throws TimestampException {
        if (response.statusCode() != OK) {
            throw new TimestampException(address + " answers by HTTP status " + response.statusCode());
        }
        String type = response.headers().firstValue("Content-Type").orElse("");
        if (question.isTypeStrict() && !mediaType(type).equalsIgnoreCase(question.answerType())) {
            throw new TimestampException(address + " answers by \"" + type + "\", not by " + question.answerType());
        }
        return response.body();
    }

    private static String mediaType(String header) {
        return header.split(";", 2)[0].strip();
    }

    private TimestampException unreachable(Throwable cause) {
        String why = cause instanceof IOException && cause.getMessage() != null ? cause.getMessage() : cause.toString();
        return new TimestampException(address + " cannot be reached or broke off: " + why, cause);
    }

    /**
     * What is asked.
     *
     * @param type of the body
     * @param answerType what the answer's type should be
     * @param isTypeStrict whether it must be; servers of the legacy protocol name all kinds of types
     */
    record Question(byte[] body, String type, String answerType, boolean isTypeStrict) {}
}
