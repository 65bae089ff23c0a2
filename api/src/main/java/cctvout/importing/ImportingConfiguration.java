package cctvout.importing;

import cctvout.camera.CameraCheck;
import cctvout.camera.CameraRegistry;
import cctvout.network.AllowedNetworks;
import cctvout.role.ConditionalOnRole;
import cctvout.role.Role;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.API)
@EnableConfigurationProperties(ImportSettings.class)
class ImportingConfiguration {

    @Bean
    CameraImport cameraImport(
            CameraRegistry registry, AllowedNetworks networks, ImportSettings settings) {
        return new CameraImport(registry, new CameraCheck(networks), settings);
    }
}
