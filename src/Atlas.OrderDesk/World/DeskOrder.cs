namespace Atlas.OrderDesk.World;

/// <summary>An order, and what the customer wants of it. Everything follows from its number.</summary>
/// <param name="Number">1000 or more.</param>
/// <param name="Item">What was ordered, one word.</param>
/// <param name="ListPrice">What the item costs in the catalogue, in cents: the sum that the customer asks back.</param>
/// <param name="Paid">What was paid after the discount, in cents: the sum that may be given back.</param>
/// <param name="Delivered">True: it can be refunded. False: it has not left the house and is to be cancelled.</param>
/// <param name="Express">Whether it was an express order.</param>
public sealed record DeskOrder(int Number, string Item, int ListPrice, int Paid, bool Delivered, bool Express)
{
    /// <summary>The smallest number an order has.</summary>
    public const int FirstNumber = 1000;

    private static readonly string[] Items = ["lamp", "kettle", "chair", "clock", "tent", "scale", "mirror"];

    /// <summary>The order with this number; always the same one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no order with so small a number.</exception>
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
