export { judgeStory } from './episodes/judge-story.js';
