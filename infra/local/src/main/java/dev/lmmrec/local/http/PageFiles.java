package dev.lmmrec.local.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The web page: files of {@code infra/page}, as any static host would serve them. What they may load and run is their
 * own and nothing else, so that a review cannot bring a script along.
 */
final class PageFiles {

    /** For whoever hosts the files elsewhere: the same header, with the API's origin after connect-src. */
    static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

    private static final String FOLDER = "/dev/lmmrec/local/page/";
    private static final String START = "index.html";
    private static final int STATUS_OK = 200;
    private static final int STATUS_NOT_MODIFIED = 304;

    /** One file name: no folder, so nothing above or beside the page can be asked for. */
    private static final Pattern PATH = Pattern.compile("/([a-z][a-z-]*\\.(html|css|js|svg))?");

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    private final Map<String, Optional<File>> files = new ConcurrentHashMap<>();

    @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
    private record File(byte[] content, String tag) {}

    /** The answer to a request for a file of the page; empty if it asks for none. */
    Optional<HttpResponse> find(HttpRequest request) {
        Matcher path = PATH.matcher(request.rawPath());
        if (!(request.method().equals("GET") || request.method().equals("HEAD")) || !path.matches()) {
            return Optional.empty();
        }
        String name = path.group(1) == null ? START : path.group(1);
        return files.computeIfAbsent(name, PageFiles::read).map(file -> answer(request, name, file));
    }

    private static HttpResponse answer(HttpRequest request, String name, File file) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", TYPES.get(name.substring(name.lastIndexOf('.') + 1)));
        headers.put("content-security-policy", CONTENT_SECURITY_POLICY);
        headers.put("x-content-type-options", "nosniff");
        headers.put("referrer-policy", "no-referrer");
        headers.put("cross-origin-opener-policy", "same-origin");
        // asked for each time, sent again only when changed
        headers.put("cache-control", "no-cache");
        headers.put("etag", file.tag());
        boolean known = request.header("if-none-match").contains(file.tag());
        return new HttpResponse(
                known ? STATUS_NOT_MODIFIED : STATUS_OK, headers, List.of(), known ? new byte[0] : file.content());
    }

    private static Optional<File> read(String name) {
        try (InputStream in = PageFiles.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                return Optional.empty();
            }
            byte[] content = in.readAllBytes();
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return Optional.of(
                    new File(content, "\"" + HexFormat.of().formatHex(digest).substring(0, 32) + "\""));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name + " of the page", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
