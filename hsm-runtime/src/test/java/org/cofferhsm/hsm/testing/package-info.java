/** What the tests of every module share. */
package org.cofferhsm.hsm.testing;
