import { ApiDefaultResponse } from '@nestjs/swagger';
import { problemSchema } from './problem.schema.js';

/** Documents that every failure of a route is problem+json. */
export const ApiProblems = () => ApiDefaultResponse({ description: 'Any failure', standardSchema: problemSchema });
