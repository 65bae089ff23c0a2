package cctvout.web;

import cctvout.camera.CameraCheck;
import cctvout.network.AllowedNetworks;
import cctvout.role.ConditionalOnRole;
import cctvout.role.Role;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.API)
class WebConfiguration {

    @Bean
    CameraBodies cameraBodies(JsonBodies json, AllowedNetworks networks) {
        return new CameraBodies(json, new CameraCheck(networks));
    }
}
