// Package head is the pages of the head of sales: the plan, the managers, who
// calls whom, and «ТОП-20».
package head
