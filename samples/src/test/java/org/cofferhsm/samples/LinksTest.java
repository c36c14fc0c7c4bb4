package org.cofferhsm.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The links of the project's pages to its own files and headings. */
class LinksTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#\\s]*)(?:#([^)\\s]+))?\\)");
    private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```$");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")));
        pages.add(ROOT.resolve("CHANGELOG.md"));
        pages.add(ROOT.resolve("samples/README.md"));
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            docs.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
        }
        return pages;
    }

    private static Stream<String> brokenLinksOf(Path page) throws IOException {
        List<MatchResult> links = LINK.matcher(
                        FENCED.matcher(Files.readString(page)).replaceAll(""))
                .results()
                .toList();
        List<String> broken = new ArrayList<>();
        for (MatchResult link : links) {
            Path target = link.group(1).isEmpty()
                    ? page
                    : page.resolveSibling(link.group(1)).normalize();
            if (!Files.exists(target)
                    || link.group(2) != null && !headingsOf(target).contains(link.group(2))) {
                broken.add(ROOT.relativize(page) + ": " + link.group());
            }
        }
        return broken.stream();
    }

    /** As GitHub makes anchors of them. */
    private static List<String> headingsOf(Path page) throws IOException {
        return HEADING.matcher(Files.readString(page))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                        .replace(' ', '-'))
                .toList();
    }

    @Test
    void leadSomewhere() throws Exception {
        List<String> broken = new ArrayList<>();
        for (Path page : pages()) {
            brokenLinksOf(page).forEach(broken::add);
        }
        assertThat(pages()).hasSizeGreaterThan(30);
        assertThat(broken).isEmpty();
    }

    @Test
    void tellBrokenOnesFromSoundOnes() throws Exception {
        Path page = Files.createTempFile("page", ".md");
        Files.writeString(
                page,
                "# One heading\n[a](#one-heading) [b](#another) [c](nowhere.md) [d](https://example.test/x)\n"
                        + "```\n[e](code.md)\n```\n");
        try {
            assertThat(brokenLinksOf(page)).hasSize(2);
        } finally {
            Files.delete(page);
        }
    }

    @Test
    void numbersOfDecisionsAreUnique() throws Exception {
        try (Stream<Path> decisions = Files.list(ROOT.resolve("docs/decisions"))) {
            assertThat(decisions.map(file -> file.getFileName().toString().substring(0, 4)))
                    .doesNotHaveDuplicates();
        }
    }
}
