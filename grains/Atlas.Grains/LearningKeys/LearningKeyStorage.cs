namespace Atlas.Grains.LearningKeys;

/// <summary>Names of the storage for the states of learning keys.</summary>
public static class LearningKeyStorage
{
    /// <summary>Name of the grain storage; the silo provides it.</summary>
    public const string Name = "atlas";

    /// <summary>Name of a learning key's state in that storage; the database's trigger and views use it.</summary>
    public const string State = "learning-key";
}
