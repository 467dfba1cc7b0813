namespace Atlas.Configuration;

/// <summary>What a configuration is loaded for, which decides what it must contain.</summary>
public enum ConfigurationProfile
{
    /// <summary>To run an agent: <c>agent</c>, <c>teacher</c> and <c>rim</c> must be there.</summary>
    Agent,

    /// <summary>To run a silo: every block may be left out; the blocks that are there are checked just the same.</summary>
    Cluster,
}
