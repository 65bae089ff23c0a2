package cctvout.e2e;

import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What pg_dump and pg_restore do, for a machine that lacks them: all rows of one moment while
 * others write, and their way into a database that has the schema.
 */
final class Dump {

    private static final String TABLES =
            """
            select quote_ident(c.relname) as name,
                (select string_agg(quote_ident(a.attname), ',' order by a.attnum) from pg_attribute a
                 where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                     and a.attgenerated = '') as columns
            from pg_class c
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
                and not c.relispartition
            """;
    private static final String PARTITIONS =
            """
            select 'create table if not exists ' || quote_ident(c.relname) || ' partition of '
                || quote_ident(p.relname) || ' ' || pg_get_expr(c.relpartbound, c.oid) as made
            from pg_class c join pg_inherits i on i.inhrelid = c.oid join pg_class p on p.oid = i.inhparent
            where c.relispartition and c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
            """;
    private static final String SEQUENCES =
            """
            select format('select setval(%L, %s, %L)', sequencename, coalesce(last_value, start_value),
                last_value is not null) as said
            from pg_sequences where schemaname = 'public'
            """;

    private final Map<String, byte[]> rows = new LinkedHashMap<>();
    private final Map<String, String> columns = new LinkedHashMap<>();
    private final List<String> partitions;
    private final List<String> sequences;

    private Dump(Connection from) throws SQLException, IOException {
        partitions = texts(from, PARTITIONS);
        sequences = texts(from, SEQUENCES);
        try (Statement statement = from.createStatement();
                ResultSet tables = statement.executeQuery(TABLES)) {
            while (tables.next()) {
                columns.put(tables.getString("name"), tables.getString("columns"));
            }
        }
        for (var table : columns.entrySet()) {
            var bytes = new ByteArrayOutputStream();
            copies(from)
                    .copyOut(
                            "copy (select %s from %s) to stdout"
                                    .formatted(table.getValue(), table.getKey()),
                            bytes);
            rows.put(table.getKey(), bytes.toByteArray());
        }
    }

    /** Of one moment, while the database is in use. */
    static Dump of(String jdbcUrl, String user, String password) throws SQLException, IOException {
        try (Connection from = DriverManager.getConnection(jdbcUrl, user, password)) {
            from.setAutoCommit(false);
            from.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            return new Dump(from);
        }
    }

    /** In place of all that is there, in one transaction. */
    void restore(String jdbcUrl, String user, String password) throws SQLException, IOException {
        try (Connection to = DriverManager.getConnection(jdbcUrl, user, password);
                Statement statement = to.createStatement()) {
            to.setAutoCommit(false);
            statement.execute("set session_replication_role = replica");
            for (String partition : partitions) {
                statement.execute(partition);
            }
            statement.execute("truncate " + String.join(",", columns.keySet()));
            for (var table : columns.entrySet()) {
                copies(to)
                        .copyIn(
                                "copy %s (%s) from stdin"
                                        .formatted(table.getKey(), table.getValue()),
                                new ByteArrayInputStream(
                                        Objects.requireNonNull(rows.get(table.getKey()))));
            }
            for (String sequence : sequences) {
                statement.execute(sequence);
            }
            to.commit();
        }
    }

    private static CopyManager copies(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI();
    }

    private static List<String> texts(Connection connection, String sql) throws SQLException {
        List<String> all = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            while (found.next()) {
                all.add(found.getString(1));
            }
        }
        return all;
    }
}
