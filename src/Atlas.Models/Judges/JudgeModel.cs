using Microsoft.Extensions.AI;

namespace Atlas.Models.Judges;

/// <summary>A model that judges.</summary>
/// <param name="Client">The client, which applies its own time limit and retries.</param>
/// <param name="Name">The model's name for the audit.</param>
public sealed record JudgeModel(IChatClient Client, string Name);
