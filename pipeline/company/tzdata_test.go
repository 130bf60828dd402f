package company

import _ "time/tzdata" // the tests need zones on any machine
