package cctvout.kill;

import cctvout.hls.HlsProber;
import cctvout.icmp.IcmpProber;
import cctvout.store.Database;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The engine and alerting as one process, all of it real but what cameras answer, and with a gate
 * to the database. It does what its standard input says ({@code arm STEP}, {@code CONDITION
 * CAMERA}), and ends with it: it never outlives its parent.
 */
@Configuration(proxyBeanMethods = false)
@ComponentScan(
        basePackages = "cctvout",
        resourcePattern = "*/*Configuration.class",
        excludeFilters =
                @ComponentScan.Filter(
                        type = FilterType.REGEX,
                        pattern = "cctvout\\.(icmp|hls|simulator)\\..*"))
class KilledProcess {

    static final String READY = "#ready";

    private static final PrintStream PARENT = System.out;
    private static final Gate GATE = new Gate(PARENT);
    private static final ScriptedCameras CAMERAS = new ScriptedCameras();

    public static void main(String[] args) {
        Thread.ofPlatform().name("parent").start(KilledProcess::obey);
        try {
            new SpringApplicationBuilder(KilledProcess.class)
                    .web(WebApplicationType.NONE)
                    .bannerMode(Banner.Mode.OFF)
                    .run(args);
            PARENT.println(READY);
        } catch (RuntimeException failed) {
            Runtime.getRuntime().halt(1);
        }
    }

    private static void obey() {
        try (var lines =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ");
                if (words[0].equals("arm")) {
                    GATE.arm(Step.valueOf(words[1]));
                } else {
                    CAMERAS.are(Condition.valueOf(words[0]), words[1]);
                }
            }
        } catch (IOException gone) {
            // as good as its end
        }
        Runtime.getRuntime().halt(0);
    }

    @Bean
    static BeanPostProcessor seams() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof Database real ? new SteppedDatabase(real, GATE) : bean;
            }
        };
    }

    @Bean
    IcmpProber icmp() {
        return CAMERAS;
    }

    @Bean
    HlsProber streams() {
        return CAMERAS::stream;
    }

    @Bean
    MeterRegistry meters() {
        return new SimpleMeterRegistry();
    }
}
