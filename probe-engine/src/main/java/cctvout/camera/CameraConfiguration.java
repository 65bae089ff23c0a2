package cctvout.camera;

import cctvout.store.Database;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class CameraConfiguration {

    @Bean
    PostgresCameraRegistry cameraRegistry(Database database) {
        return new PostgresCameraRegistry(database);
    }
}
