package cctvout.operations;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Processes of the version before go on while a newer one changes the schema. */
class MigrationRulesTest {

    /** Before it nothing was released, so there is no version before to go on. */
    private static final Version FIRST_RELEASE = Version.of("V13");

    /** A migration that drops what was left unused a release ago says so. */
    private static final String UNUSED = "-- unused since ";

    private static final Pattern BREAKS =
            Pattern.compile(
                    "\\brename\\b|\\btruncate\\b|\\bcreate\\s+unique\\s+index\\b"
                            + "|\\bcreate\\s+(?:or\\s+replace\\s+)?(?:constraint\\s+)?trigger\\b"
                            + "|\\balter\\s+(?:column\\s+)?\\w+\\s+(?:set\\s+data\\s+)?type\\b"
                            + "|\\b(?:set|drop)\\s+not\\s+null\\b|\\bdrop\\s+default\\b"
                            + "|\\badd\\s+(?:unique|primary|exclude)\\b"
                            + "|\\badd\\s+(?:column\\s+)?(?:if\\s+not\\s+exists\\s+)?(?!constraint\\b|check\\b|foreign\\b)\\w+"
                            + "\\s+(?![^,;]*\\bdefault\\b)[^,;]*\\bnot\\s+null\\b"
                            + "|\\badd\\s+constraint\\s+\\w+\\s+(?:unique|primary|exclude)\\b"
                            + "|\\badd\\s+(?:constraint|check|foreign)\\b(?![^;]*\\bnot\\s+valid\\b)");

    /** What a release ago was left unused may go. */
    private static final Pattern DROPS =
            Pattern.compile(
                    "\\bdrop\\s+(?:table|column|constraint|view|materialized|function|sequence|type|schema|trigger)\\b"
                            + "|\\balter\\s+table\\s+\\w+\\s+drop\\s+(?!not\\b|default\\b)\\w");

    private static final Pattern DROPPED_INDEX =
            Pattern.compile("\\bdrop\\s+index\\s+(?:if\\s+exists\\s+)?(\\w+)");

    private static final Pattern UNIQUE_INDEX =
            Pattern.compile("\\bcreate\\s+unique\\s+index\\s+(?:if\\s+not\\s+exists\\s+)?(\\w+)");

    private static final Pattern CREATED =
            Pattern.compile("\\bcreate\\s+(?:unlogged\\s+)?table\\s+(\\w+)\\b");

    private record Version(int major, int minor) implements Comparable<Version> {
        static Version of(String file) {
            String[] parts = file.replaceFirst("^V", "").split("__")[0].split("_");
            return new Version(
                    Integer.parseInt(parts[0]), parts.length > 1 ? Integer.parseInt(parts[1]) : 0);
        }

        @Override
        public int compareTo(Version other) {
            return major != other.major
                    ? Integer.compare(major, other.major)
                    : Integer.compare(minor, other.minor);
        }
    }

    @Test
    void aReleasedMigrationOnlyAdds() {
        for (Resource migration : migrations()) {
            if (Version.of(name(migration)).compareTo(FIRST_RELEASE) > 0) {
                assertThat(breaks(text(migration))).as(name(migration)).isFalse();
            }
        }
    }

    @Test
    void noNumberIsGivenTwice() {
        Set<Version> versions = new HashSet<>();
        assertThat(migrations())
                .isNotEmpty()
                .allMatch(migration -> versions.add(Version.of(name(migration))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alter table camera drop column ip;",
                "drop table camera;",
                "alter table camera rename column ip to address;",
                "alter table camera alter column ip type inet;",
                "alter table camera alter column ip set not null;",
                "alter table camera alter column version drop default;",
                "create unique index one_name on camera (name);",
                "create trigger t before insert on camera execute function f();",
                "drop sequence shard_epoch;",
                "alter table camera add column zone text not null;",
                "alter table camera add constraint c check (id <> '');",
                "alter table camera add check (id <> '');",
                "alter table camera add unique (name);",
                "alter table camera add constraint one_name unique (name);",
                "alter table camera add zone text not null;",
                "alter table camera alter ip type inet;",
                "alter table camera alter column ip drop not null;",
                "alter table camera drop ip;",
                "alter table camera drop constraint camera_pkey;",
                "drop index issue_unresolved;",
                "-- unused since 0.2\nalter table camera alter column ip type inet;"
            })
    void whatAnOlderProcessWouldTripOverIsFound(String sql) {
        assertThat(breaks(sql)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table zone (id text primary key, name text not null);",
                "alter table camera add column zone text;",
                "alter table camera add column zone text not null default '';",
                "alter table camera add column zone text not null default '', add column x int;",
                "alter table camera add constraint c check (id <> '') not valid;",
                "drop index slow;",
                "alter table camera add zone text;",
                "alter table camera add zone text not null default '', add x int;",
                "alter table camera alter column version set default 1;",
                "create table zone (id text); create unique index one_id on zone (id);",
                "-- drop table camera\ncreate index i on camera (zone);",
                "-- unused since 0.2\ndrop table old;"
            })
    void whatItDoesNotNoticeIsNot(String sql) {
        assertThat(breaks(sql)).isFalse();
    }

    private static boolean breaks(String sql) {
        String words = words(sql);
        boolean drops = DROPS.matcher(words).find() || uniqueIndexGoes(words);
        return drops && !sql.contains(UNUSED) || BREAKS.matcher(withoutNewTables(words)).find();
    }

    /** Without it an older process's "on conflict" is an error. */
    private static boolean uniqueIndexGoes(String words) {
        Set<String> unique = new HashSet<>();
        for (Resource migration : migrations()) {
            UNIQUE_INDEX
                    .matcher(words(text(migration)))
                    .results()
                    .forEach(it -> unique.add(it.group(1)));
        }
        return DROPPED_INDEX.matcher(words).results().anyMatch(it -> unique.contains(it.group(1)));
    }

    private static String words(String sql) {
        return sql.replaceAll("--[^\n]*", " ").toLowerCase(Locale.ROOT);
    }

    /** What is unique in a table that nobody knows yet. */
    private static String withoutNewTables(String words) {
        Matcher made = CREATED.matcher(words);
        String left = words;
        while (made.find()) {
            left =
                    left.replaceAll(
                            "create\\s+unique\\s+index\\s+\\w+\\s+on\\s+" + made.group(1), "");
        }
        return left;
    }

    private static List<Resource> migrations() {
        try {
            return Arrays.asList(
                    new PathMatchingResourcePatternResolver()
                            .getResources("classpath*:db/migration/*.sql"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String name(Resource migration) {
        return Objects.requireNonNull(migration.getFilename());
    }

    private static String text(Resource migration) {
        try {
            return migration.getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
