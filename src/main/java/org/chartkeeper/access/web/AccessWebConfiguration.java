package org.chartkeeper.access.web;

import java.util.Optional;
import java.util.Set;
import org.chartkeeper.access.Access;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.MergedPatients;
import org.chartkeeper.platform.NavigationEntry;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.PatientOfPath;
import org.chartkeeper.platform.Permission;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The gates before every handler, and the links to the pages of this module. */
@Configuration(proxyBeanMethods = false)
class AccessWebConfiguration implements WebMvcConfigurer {

    private final CurrentActor actors;
    private final Access access;
    private final AuditTrail trail;
    private final MergedPatients merges;
    private final ObjectProvider<PatientOfPath> cases;

    AccessWebConfiguration(
            CurrentActor actors,
            Access access,
            AuditTrail trail,
            ObjectProvider<MergedPatients> merges,
            ObjectProvider<PatientOfPath> cases) {
        this.actors = actors;
        this.access = access;
        this.trail = trail;
        this.cases = cases;
        // Looked up when it is asked: it stands on a higher floor, whose pages need this one.
        this.merges = new MergedPatients() {
            @Override
            public Optional<PatientId> survivor(PatientId patient) {
                return merges.getObject().survivor(patient);
            }

            @Override
            public Set<PatientId> mergedInto(PatientId survivor) {
                return merges.getObject().mergedInto(survivor);
            }
        };
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new RequiresInterceptor(actors)).order(Ordered.HIGHEST_PRECEDENCE);
        registry.addInterceptor(new PatientInterceptor(actors, access, trail, merges, cases))
                .order(Ordered.HIGHEST_PRECEDENCE + 1);
    }

    @Bean
    NavigationEntry usersLink() {
        return new NavigationEntry("Administration", "Users", "/admin/users", 90, Permission.USER_MANAGE, null);
    }

    @Bean
    NavigationEntry rolesLink() {
        return new NavigationEntry("Administration", "Roles", "/admin/roles", 91, Permission.ROLE_MANAGE, null);
    }

    @Bean
    NavigationEntry facilitiesLink() {
        return new NavigationEntry(
                "Administration", "Facilities", "/admin/facilities", 92, Permission.FACILITY_MANAGE, null);
    }

    @Bean
    NavigationEntry auditLink() {
        return new NavigationEntry("Administration", "Audit trail", "/audit", 93, Permission.AUDIT_READ, null);
    }
}
