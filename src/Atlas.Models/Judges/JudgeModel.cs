using Microsoft.Extensions.AI;

namespace Atlas.Models.Judges;

/// <summary>A model that judges.</summary>
/// <param name="Client">Answers the calls. Its time limit and retries are its own.</param>
/// <param name="Name">The model's name, for the audit.</param>
public sealed record JudgeModel(IChatClient Client, string Name);
