namespace Atlas.Grains.LearningKeys;

/// <summary>Where the states of learning keys are kept.</summary>
public static class LearningKeyStorage
{
    /// <summary>Name of the grain storage; the silo provides it.</summary>
    public const string Name = "atlas";

    /// <summary>Name of a learning key's state in that storage; the database's trigger and views look for it.</summary>
    public const string State = "learning-key";
}
