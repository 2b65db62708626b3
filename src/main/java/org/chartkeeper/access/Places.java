package org.chartkeeper.access;

import java.util.List;
import org.chartkeeper.platform.DepartmentId;
import org.chartkeeper.platform.FacilityId;
import org.jspecify.annotations.Nullable;

/** Facilities and departments, as administrators look after them. */
public interface Places {

    /** All facilities by name, closed ones too. */
    List<FacilityView> facilities();

    /** @throws org.chartkeeper.platform.NotFound where there is none */
    FacilityView facility(FacilityId id);

    /** All departments of a facility by name, closed ones too. */
    List<DepartmentView> departments(FacilityId facility);

    /** @throws org.chartkeeper.platform.NotFound where there is none */
    DepartmentView department(FacilityId facility, DepartmentId id);

    /** Labels of sensitivity, in their order. */
    List<Label> labels();

    /** @throws org.chartkeeper.platform.Rejected for bad input */
    FacilityId create(FacilityChange change);

    /** @throws org.chartkeeper.platform.Stale where it is no longer at that version */
    void edit(FacilityId id, int version, FacilityChange change);

    /** @throws org.chartkeeper.platform.Rejected for bad input */
    DepartmentId create(FacilityId facility, DepartmentChange change);

    /** @throws org.chartkeeper.platform.Stale where it is no longer at that version */
    void edit(FacilityId facility, DepartmentId id, int version, DepartmentChange change);

    /** What stands on the form of a facility, as typed. */
    record FacilityChange(
            String code,
            String name,
            String zone,
            boolean part2,
            @Nullable Integer updateDueHours,
            @Nullable Integer lateEntryHours,
            boolean active) {

        /** With the usual limit of late entries, a day. */
        public FacilityChange(
                String code,
                String name,
                String zone,
                boolean part2,
                @Nullable Integer updateDueHours,
                boolean active) {
            this(code, name, zone, part2, updateDueHours, null, active);
        }
    }

    /** What stands on the form of a department, as typed. */
    record DepartmentChange(String code, String name, String sensitivity, boolean active) {}

    /** A facility. */
    record FacilityView(
            FacilityId id,
            String code,
            String name,
            String zone,
            boolean part2,
            int updateDueHours,
            int lateEntryHours,
            boolean active,
            int version) {}

    /** A department. */
    record DepartmentView(
            DepartmentId id,
            FacilityId facility,
            String code,
            String name,
            String sensitivity,
            boolean active,
            int version) {}

    /** A label and what is printed for it. */
    record Label(String key, String name) {}
}
