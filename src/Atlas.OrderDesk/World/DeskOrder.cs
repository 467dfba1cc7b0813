namespace Atlas.OrderDesk.World;

/// <summary>An order, and what the customer asks for. Everything is derived from its number.</summary>
/// <param name="Number">The number, 1000 or more.</param>
/// <param name="Item">The ordered item, one word.</param>
/// <param name="ListPrice">The list price of the item, in cents: the sum that the customer asks for.</param>
/// <param name="Paid">The discounted price that was paid, in cents: the sum that can be refunded.</param>
/// <param name="Delivered">True: it can be refunded. False: it has not been shipped and must be cancelled.</param>
/// <param name="Express">Whether it was an express order.</param>
public sealed record DeskOrder(int Number, string Item, int ListPrice, int Paid, bool Delivered, bool Express)
{
    /// <summary>The smallest order number.</summary>
    public const int FirstNumber = 1000;

    private static readonly string[] Items = ["lamp", "kettle", "chair", "clock", "tent", "scale", "mirror"];

    /// <summary>Returns the order with this number; always the same one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below the smallest order number.</exception>
    public static DeskOrder Of(int number)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, FirstNumber);
        var index = number - FirstNumber;
        var listPrice = 2000 + (index * 370 % 4100);
        return new DeskOrder(
            number,
            Items[index % Items.Length],
            listPrice,
            listPrice * (80 + (index * 3 % 15)) / 100,
            Delivered: index % 3 != 2,
            Express: index % 2 == 1);
    }
}
