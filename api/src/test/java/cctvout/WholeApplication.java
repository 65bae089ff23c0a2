package cctvout;

import org.springframework.boot.test.context.SpringBootTest;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Everything, on a port of its own and a database of its own; one for all tests that ask for it.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@SpringBootTest(
        classes = CctvOutApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "cctvout.data-dir=target/whole-application-${random.uuid}",
            "cctvout.security.admin-password=" + WholeApplication.PASSWORD,
            "cctvout.probe.allowed-networks=private,public,127.0.0.0/8"
        })
public @interface WholeApplication {
    String PASSWORD = "open sesame";
}
