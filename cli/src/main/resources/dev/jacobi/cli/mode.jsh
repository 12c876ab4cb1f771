/set mode jacobi normal -quiet
/set prompt jacobi "jacobi> " "   ...> "
/set truncation jacobi 1000000
/set format jacobi display "{value}{post}" expression,varvalue-added,modified,replaced-primary
/set format jacobi display "" varinit,assignment-added,modified,replaced-ok-primary
/set mode jacobi -retain
/set feedback jacobi -retain
