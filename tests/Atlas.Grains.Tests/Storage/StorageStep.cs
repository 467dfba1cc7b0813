namespace Atlas.Grains.Tests.Storage;

/// <summary>One call on a storage.</summary>
/// <param name="Grain">Which grain, from 0.</param>
/// <param name="Holder">Which of those that hold a state of it: activations that do not know of each other.</param>
/// <param name="Kind">What is done.</param>
/// <param name="Text">What is written.</param>
/// <param name="Lines">How much of it.</param>
internal sealed record StorageStep(int Grain, int Holder, StepKind Kind, string Text, int Lines);
