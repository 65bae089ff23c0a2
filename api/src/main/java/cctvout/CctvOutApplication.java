package cctvout;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The server: every role that {@code cctvout.roles} names, in one process. */
@SpringBootApplication
public class CctvOutApplication {

    public static void main(String[] args) {
        SpringApplication.run(CctvOutApplication.class, args);
    }
}
