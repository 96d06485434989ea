package dev.lmmrec.local.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageFilesTest {

    private static final Path SOURCES = Path.of("..", "page");

    private final PageFiles page = new PageFiles();

    private Optional<HttpResponse> get(String path) {
        return ask("GET", path, Map.of());
    }

    private Optional<HttpResponse> ask(String method, String path, Map<String, List<String>> headers) {
        return page.find(new HttpRequest(method, path, "", headers, new byte[0], "127.0.0.1"));
    }

    @Test
    void start_isThePage_withAPolicyThatLetsInNothingForeign() {
        HttpResponse start = get("/").orElseThrow();

        assertThat(start.status()).isEqualTo(200);
        assertThat(new String(start.body(), StandardCharsets.UTF_8)).startsWith("<!doctype html>");
        assertThat(start.headers())
                .containsEntry("content-type", "text/html; charset=utf-8")
                .containsEntry("x-content-type-options", "nosniff")
                .containsEntry("referrer-policy", "no-referrer");
        assertThat(start.headers().get("content-security-policy"))
                .contains("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "*", "data:", "http:");
    }

    @Test
    void everyFile_isServedWithItsType_andNothingElseIs() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> !name.endsWith(".md"))
                            .toList())
                    .hasSizeGreaterThan(8)
                    .allSatisfy(name -> assertThat(get("/" + name)).get().satisfies(file -> {
                        assertThat(file.headers().get("content-type")).isNotNull();
                        assertThat(file.body()).isEqualTo(Files.readAllBytes(SOURCES.resolve(name)));
                    }));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../http/PageFiles.class",
                "/..%2fhttp%2fPageFiles.class",
                "/http/PageFiles.class",
                "/nothing.js",
                "/README.md",
                "//index.html",
                "/index.html/",
                "/.html",
                "/INDEX.HTML",
                "/%69ndex.html",
                "/v1/health"
            })
    void pathThatIsNoFileOfThePage_isNotServed(String path) {
        assertThat(get(path)).isEmpty();
    }

    @Test
    void methodsThatChangeSomething_areNotServed() {
        assertThat(ask("POST", "/", Map.of())).isEmpty();
        assertThat(ask("DELETE", "/index.html", Map.of())).isEmpty();
        assertThat(ask("HEAD", "/", Map.of())).isPresent();
    }

    @Test
    void fileThatTheBrowserHas_isNotSentAgain() {
        String tag = get("/style.css").orElseThrow().headers().get("etag");

        HttpResponse again =
                ask("GET", "/style.css", Map.of("if-none-match", List.of(tag))).orElseThrow();

        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(get("/main.js").orElseThrow().headers().get("etag")).isNotEqualTo(tag);
    }

    /** Reviews are written by strangers: no way from their text to markup or code may even be in the sources. */
    @Test
    void scripts_neverMakeMarkupOrCodeOfText_andLoadNothingFromElsewhere() throws IOException {
        Pattern forbidden = Pattern.compile("innerHTML|outerHTML|insertAdjacentHTML|document\\.write|\\beval\\b"
                + "|new Function|srcdoc|DOMParser|createContextualFragment|javascript:");
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.toList()) {
                String text = Files.readString(file);
                assertThat(forbidden
                                .matcher(text)
                                .results()
                                .map(found -> found.group())
                                .toList())
                        .as(file.toString())
                        .isEmpty();
                assertThat(Pattern.compile("(src|href|url|import|from)[=( ]+[\"']?https?:")
                                .matcher(text)
                                .find())
                        .as("%s loads from elsewhere", file)
                        .isFalse();
            }
        }
        assertThat(Files.readString(SOURCES.resolve("index.html")))
                .as("inline code and styles")
                .doesNotContainPattern("\\son[a-z]+=|\\sstyle=|<style|<script(?![^>]*src=)");
    }
}
