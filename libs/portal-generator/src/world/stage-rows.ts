/** Id of the dictionary row of a stage, stable for the whole script. */
export class StageRows {
  private readonly ids = new Map<string, string>();

  idOf(pipelineId: string, stageId: string): string {
    const id = this.ids.get(`${pipelineId} ${stageId}`);
    if (id === undefined) throw new Error(`The company has no stage ${stageId} in ${pipelineId}.`);
    return id;
  }

  remember(pipelineId: string, stageId: string, id: string): void {
    this.ids.set(`${pipelineId} ${stageId}`, id);
  }
}
