namespace Atlas.Learning.Evidence;

/// <summary>The upper tail of the standard normal distribution.</summary>
internal static class NormalTail
{
    /// <summary>Returns the probability of a value above <paramref name="z"/>, correct to eight digits. The same on every machine: the only
    /// system function it uses is the square root.</summary>
    public static double Above(double z)
    {
        if (double.IsNaN(z))
        {
            return double.NaN;
        }

        if (Math.Abs(z) > 12)
        {
            return z > 0 ? 0 : 1;
        }

        // Near the middle the series of the distribution, further out the continued fraction of its tail.
        var density = Density(z);
        if (Math.Abs(z) < 3)
        {
            var (term, sum) = (z, z);
            for (var odd = 3; odd < 121; odd += 2)
            {
                term *= z * z / odd;
                sum += term;
            }

            return 0.5 - (density * sum);
        }

        var (far, fraction) = (Math.Abs(z), 0d);
        for (var step = 60; step >= 1; step--)
        {
            fraction = step / (far + fraction);
        }

        var tail = density / (far + fraction);
        return z > 0 ? tail : 1 - tail;
    }

    private static double Density(double z)
    {
        // exp(-z²/2) by halving until the series converges fast.
        var (x, halvings) = (z * z / 2, 0);
        while (x > 0.5)
        {
            x /= 2;
            halvings++;
        }

        var (term, sum) = (1d, 1d);
        for (var power = 1; power < 24; power++)
        {
            term *= -x / power;
            sum += term;
        }

        for (; halvings > 0; halvings--)
        {
            sum *= sum;
        }

        return sum * 0.3989422804014327;
    }
}
