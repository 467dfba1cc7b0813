namespace Atlas.Cluster.Network;

/// <summary>How packets travel from one host to another.</summary>
/// <param name="Cut">None arrives.</param>
/// <param name="Loss">The share of packets that get lost, 0 to 1.</param>
/// <param name="Delay">How long each takes.</param>
/// <param name="Jitter">How much longer one may take than another; those that take less overtake.</param>
internal sealed record Way(bool Cut = false, double Loss = 0, TimeSpan Delay = default, TimeSpan Jitter = default)
{
    public static Way Clear { get; } = new();

    public static Way None { get; } = new(Cut: true);

    /// <summary>Packets are late, overtake each other, and now and then one is lost.</summary>
    public static Way Poor { get; } = new(Loss: 0.01, Delay: TimeSpan.FromMilliseconds(2), Jitter: TimeSpan.FromMilliseconds(8));
}
