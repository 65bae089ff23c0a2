package cctvout.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** {@link StreamClientsMain} in its process. */
final class StreamClients implements AutoCloseable {

    private final Process process;
    private final PrintStream orders;
    private final BufferedReader answers;

    StreamClients(int port, String token) throws IOException {
        process =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-XX:+UseSerialGC",
                                        "-Xmx256m",
                                        "-cp",
                                        System.getProperty(
                                                "surefire.test.class.path",
                                                System.getProperty("java.class.path")),
                                        StreamClientsMain.class.getName(),
                                        Integer.toString(port),
                                        token))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        answers = process.inputReader();
    }

    long pid() {
        return process.pid();
    }

    /** Returns when it is done. */
    String does(String order) throws IOException {
        orders.println(order);
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("the clients have ended");
        }
        return answer;
    }

    @Override
    public void close() {
        orders.println("end");
        orders.close();
    }
}
