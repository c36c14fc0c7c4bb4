package org.cofferhsm.ekm;

import org.cofferhsm.hsm.testing.HouseRules;
import org.cofferhsm.hsm.testing.HouseRulesContract;

class ArchitectureTest extends HouseRulesContract {
    ArchitectureTest() {
        super(HouseRules.mainCode("org.cofferhsm.ekm"), HouseRules.tests("org.cofferhsm.ekm"));
    }
}
